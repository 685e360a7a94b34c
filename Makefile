# Every command a person types; `make help` lists them.

# All that is built goes under target/.
export CARGO_TARGET_DIR := $(CURDIR)/target
MAKEFLAGS += --no-print-directory
TALK := target/talk
MARP := node_modules/.bin/marp --no-stdin
OUTLINES := --pdf-outlines --pdf-outlines.pages=false
BROWSER = CHROME_PATH="$$(sh tests/browser/find-browser.sh)"
ENGINE ?= docker
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

.PHONY: all example1 example2 slides lightning pdf pptx handout present \
	book book-watch programs index dist preflight gotchas new-plugin test tools \
	addresses lint cross bench bench-alternatives images help clean build2

all: example1 example2 slides book index ## runs both examples, builds the deck and the book
	@echo "The talk is in $(TALK)/index.html"

example1: ## Example 1: loads a library and calls it
	@cargo build --quiet -p basic-host -p basic-plugin
	target/debug/basic-host

example2: $(LIBRARIES) ## Example 2: scans target/plugins, each plugin registers
	target/debug/app --plugins target/plugins
	target/debug/app --plugins target/plugins crab hello from a plugin

gotchas: ## each gotcha, unguarded and in Example 2 (NAME=panic runs one)
	@cargo build --quiet -p app -p gotchas -p gotcha-plugins --bins --examples
	@target/debug/gotchas $(NAME)

new-plugin: ## a new plugin for Example 2 (NAME=my-plugin)
	@cargo run --quiet -p new-plugin -- "$$NAME"

build2:
	@cargo build --quiet -p app $(PLUGINS:%=-p %)
	@mkdir -p target/plugins && cp $(CONFIGURATIONS) target/plugins
	@rm -rf $(filter-out $(LIBRARIES) $(addprefix target/plugins/,$(notdir $(CONFIGURATIONS))),$(wildcard target/plugins/*))

# Written beside, then renamed: a running host never sees half a file.
$(LIBRARIES): target/plugins/%: build2
	@cp target/debug/$* $@.$$$$ && mv $@.$$$$ $@

slides: node_modules ## the deck as one HTML file
	@$(MARP) slides.md -o $(TALK)/slides.html

lightning: node_modules ## the slides of the five-minute talk
	@LIGHTNING=1 $(MARP) slides.md -o $(TALK)/lightning.html

pdf: node_modules ## the deck as PDF, and once more with the notes
	@$(BROWSER) $(MARP) $(OUTLINES) slides.md --pdf -o $(TALK)/slides.pdf
	@$(BROWSER) $(MARP) $(OUTLINES) slides.md --pdf --pdf-notes -o $(TALK)/slides-notes.pdf

pptx: node_modules ## the deck for PowerPoint
	@$(BROWSER) $(MARP) slides.md --pptx -o $(TALK)/slides.pptx

handout: node_modules ## slides with their notes, for paper
	@mkdir -p $(TALK)
	@node stage/handout.mjs

present: node_modules $(LIBRARIES) ## serves the deck to this machine only, reloads on change
	@mkdir -p target/present && ln -sf ../../slides.md target/present/
	@cd target/present && ../../$(MARP) -c ../../marp.config.mjs --server .

book: ## the book, with live output
	@echo "Building the book; the first time that takes a minute or two"
	@$(MAKE) programs
	@cargo run --quiet -p book

book-watch: ## the book again on each change, or its mistakes
	@echo "Watching the book until Ctrl-C"
	@cargo run --quiet -p book -- --watch '$(MAKE) programs'

programs: $(LIBRARIES)
	@cargo build --quiet

index: node_modules
	@node stage/landing.mjs

dist: all lightning pdf pptx handout ## one zip for a stage without network
	@$(MAKE) index
	@node stage/dist.mjs

preflight: node_modules ## runs all that is typed on stage, before the stage does
	@cargo run --quiet -p preflight

node_modules: package-lock.json
	@npm ci --silent && touch node_modules

test: lint dist ## proves the talk: examples, deck, book, every form in a browser
	cargo test --quiet
	cargo test --quiet -p nutshell-log --all-features
	cargo test --quiet -p nutshell-build -p nutshell-flags
	cargo test --quiet -p book -p bench -p preflight
	PATH="$$PWD/$(TOOLS):$$PATH" node --test tests/node/*.test.mjs
	$(BROWSER) node --test tests/browser/*.test.mjs

tools: target/tools/installed ## what the tests use if it is there: typos, hadolint, lychee

target/tools/installed: tests/requirements.txt
	python3 -m venv target/tools
	$(TOOLS)/pip install --quiet --requirement $<
	@touch $@

addresses: ## opens every address that the book, the slides and the README link to
	PATH="$$PWD/$(TOOLS):$$PATH" lychee --no-progress --max-retries 5 \
		--accept 200..=299,429 $(ADDRESSES)

lint: ## format and lints
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	cargo clippy -p nutshell-log --all-targets --all-features --quiet -- -D warnings
	cd examples/gotchas/shared-runtime && cargo fmt --all --check && cargo clippy --quiet -- -D warnings
	cd bench/alternatives && cargo fmt --all --check && cargo clippy --quiet --locked -- -D warnings

cross: ## checks other systems from here, runs their programs in wine and qemu-user
	@sh tests/cross/cross.sh

bench: ## the same work in Rust, Go and C, side by side, into bench/results.json
	cargo run --release --quiet -p bench -- --save

bench-alternatives: ## the same plugin behind other boundaries, for the chapter on decisions
	cargo run --release --quiet -p bench -- alternatives --save

images: ## the plugin-builder and the app image (ENGINE=docker|podman|buildah)
	$(ENGINE) build $(FLAGS) -t plugin-builder -f $(IMAGES)/plugin-builder.Dockerfile .
	$(ENGINE) build $(FLAGS) -t app -f $(IMAGES)/app.Dockerfile .

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1\t/p' Makefile | expand -t 26

clean: ## removes all that was built or installed here
	rm -rf target node_modules
