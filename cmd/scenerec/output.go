package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// output is a file that is being written: under a name of its own beside the final one,
// until it is whole.
type output struct {
	*os.File
	path string
}

// createOutput begins to write a file. One that is there is only replaced with force,
// and when the new one is whole.
func createOutput(path string, force bool) (*output, error) {
	if err := mayCreate(path, force); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, err
	}
	return &output{file, path}, nil
}

// commit gives the file its name.
func (o *output) commit() error {
	const readable = 0o644 // as os.Create would have it, but for the umask
	if err := errors.Join(o.Chmod(readable), o.Close()); err != nil {
		_ = os.Remove(o.Name())
		return err
	}
	return os.Rename(o.Name(), o.path)
}

// discard takes the file away again.
func (o *output) discard() {
	_ = o.Close()
	_ = os.Remove(o.Name())
}

// mayCreate says early what creating a file would say later.
func mayCreate(path string, force bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a directory", path)
	case err == nil && !force:
		return withHint(fmt.Errorf("%s exists", path), "Choose another name, or replace it with --force.")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return withHint(fmt.Errorf("there is no directory %s", filepath.Dir(path)), "Create it, or choose another name.")
	}
	return nil
}

// forceFlag adds the flag by which files are replaced.
func forceFlag(cmd *cobra.Command, force *bool) {
	cmd.Flags().BoolVarP(force, "force", "f", false, "replace the output if it exists")
}
