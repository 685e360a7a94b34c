// Package api is what host and plugin share, as command-api is in Rust.
package api

import "io"

// Command does the work that a plugin has registered.
type Command func(words []string, out io.Writer) error

// Initializer is what the host offers a plugin while that registers.
type Initializer interface {
	Plugin() string
	Command(name, help string, run Command) error
}
