//go:build tools

// Package tools keeps the CLI in go.mod and go.sum without compiling it on its own.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
