// What Go's package plugin takes.
//
//	host first-call PLUGIN      opens it, looks Add up, calls it
//	host folder FOLDER          opens all plugins, each registers
//	host call PLUGIN TIMES      calls Add that often
//
// Prints nanoseconds, then waits for the end of its input, so that its
// memory can be looked at.
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"plugin"
	"strconv"
	"strings"
	"time"

	"bench/api"
)

type registry struct {
	plugin   string
	commands map[string]api.Command
}

func (r *registry) Plugin() string { return r.plugin }

func (r *registry) Command(name, help string, run api.Command) error {
	if _, taken := r.commands[name]; taken {
		return fmt.Errorf("the name %s is taken", name)
	}
	r.commands[name] = run
	return nil
}

// ANCHOR: look-up
func lookUp[T any](path, symbol string) (T, error) {
	var none T
	opened, err := plugin.Open(path)
	if err != nil {
		return none, err
	}
	found, err := opened.Lookup(symbol)
	if err != nil {
		return none, err
	}
	value, ok := found.(T)
	if !ok {
		return none, fmt.Errorf("%s: another type", symbol)
	}
	return value, nil
}

// ANCHOR_END: look-up

type addFunction = func(int64, int64) int64

func registerAll(folder string) error {
	commands := registry{commands: map[string]api.Command{}}
	logger := log.New(os.Stderr, "", 0)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		register, err := lookUp[func(api.Initializer, *log.Logger) error](path, "Register")
		if err != nil {
			return err
		}
		commands.plugin = strings.TrimSuffix(entry.Name(), ".so")
		if err := register(&commands, logger); err != nil {
			return err
		}
	}
	if len(commands.commands) != len(entries) {
		return errors.New("not all have registered")
	}
	return nil
}

func measure(words []string) (time.Duration, error) {
	start := time.Now()
	switch {
	case len(words) == 2 && words[0] == "first-call":
		add, err := lookUp[addFunction](words[1], "Add")
		if err == nil && add(2, 40) != 42 {
			err = errors.New("a wrong sum")
		}
		return time.Since(start), err
	case len(words) == 2 && words[0] == "folder":
		err := registerAll(words[1])
		return time.Since(start), err
	case len(words) == 3 && words[0] == "call":
		add, err := lookUp[addFunction](words[1], "Add")
		if err != nil {
			return 0, err
		}
		times, err := strconv.ParseInt(words[2], 10, 64)
		if err != nil {
			return 0, err
		}
		start = time.Now()
		var sum int64
		for i := int64(0); i < times; i++ {
			sum = add(sum, i)
		}
		took := time.Since(start)
		if sum != times*(times-1)/2 {
			err = errors.New("a wrong sum")
		}
		return took, err
	}
	return 0, errors.New("no such work")
}

func main() {
	took, err := measure(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(took.Nanoseconds())
	io.Copy(io.Discard, os.Stdin)
}
