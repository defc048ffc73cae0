//go:build tools

// Package tools keeps the language host in go.mod and go.sum without compiling it on its own.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
