package commandline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// Output is a file that is being written: under a name of its own beside the final one,
// until it is whole.
type Output struct {
	*os.File
	path string
}

// CreateOutput begins to write a file. One that is there is only replaced with force,
// and when the new one is whole.
func CreateOutput(path string, force bool) (*Output, error) {
	if err := MayCreate(path, force); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, err
	}
	return &Output{file, path}, nil
}

// Commit gives the file its name.
func (o *Output) Commit() error {
	const readable = 0o644 // as os.Create would have it, but for the umask
	if err := errors.Join(o.Chmod(readable), o.Close()); err != nil {
		_ = os.Remove(o.Name())
		return err
	}
	return os.Rename(o.Name(), o.path)
}

// Discard takes the file away again.
func (o *Output) Discard() {
	_ = o.Close()
	_ = os.Remove(o.Name())
}

// MayCreate says early what creating a file would say later.
func MayCreate(path string, force bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a directory", path)
	case isStream(path):
		return fmt.Errorf("%s is no file that could be replaced", path)
	case err == nil && !force:
		return WithHint(fmt.Errorf("%s exists", path), "Choose another name, or replace it with --force.")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
		return WithHint(fmt.Errorf("there is no directory %s", filepath.Dir(path)), "Create it, or choose another name.")
	}
	return nil
}

// ForceFlag adds the flag by which files are replaced.
func ForceFlag(cmd *cobra.Command, force *bool) {
	cmd.Flags().BoolVarP(force, "force", "f", false, "replace the output if it exists")
}

// WriteFile writes a file whole, or not at all, and replaces one that is there. A device
// or a pipe, such as /dev/stderr, is written to as it is.
func WriteFile(path string, text []byte) error {
	if isStream(path) {
		return os.WriteFile(path, text, 0)
	}
	out, err := CreateOutput(path, true)
	if err != nil {
		return err
	}
	if _, err := out.Write(text); err != nil {
		out.Discard()
		return err
	}
	return out.Commit()
}

// MayWrite says early what [WriteFile] would say later.
func MayWrite(path string) error {
	if isStream(path) {
		return nil
	}
	return MayCreate(path, true)
}

func isStream(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && !info.Mode().IsRegular()
}
