// The same plugin as ../../rust, in Go.
package main

import (
	"fmt"
	"io"
	"log"

	"bench/api"
)

// Add is what Example 1 calls.
func Add(a, b int64) int64 { return a + b }

// ANCHOR: register
// Register registers a command under the name of the plugin's file.
func Register(init api.Initializer, logger *log.Logger) error {
	name := init.Plugin()
	return init.Command(name, "say my name", func(words []string, out io.Writer) error {
		_, err := fmt.Fprintln(out, name)
		return err
	})
}

// ANCHOR_END: register
