package tsgen

import (
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	for _, c := range []struct{ what, old, new, want string }{
		{"alike", "a\nb\n", "a\nb\n", ""},
		{"no file yet", "", "a\nb\n", "@@ -1,0 +1,2 @@\n+a\n+b\n"},
		{"a line more", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\nnew\n6\n7\n8\n9\n", "@@ -3,6 +3,7 @@\n 3\n 4\n 5\n+new\n 6\n 7\n 8\n"},
		{"two places", "a\nb\nc\nd\n", "A\nb\nc\nD\n", "@@ -1,4 +1,4 @@\n-a\n+A\n b\n c\n-d\n+D\n"},
		{"everything less", "a\na\na\n", "a\n", "@@ -1,3 +1,1 @@\n a\n-a\n-a\n"},
	} {
		t.Run(c.what, func(t *testing.T) {
			got := diff("f.ts", c.old, c.new)
			want := c.want
			if want != "" {
				want = "--- f.ts\n+++ f.ts (generated)\n" + want
			}
			if got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func TestDiffOfLargeTextsIsCheap(t *testing.T) {
	before, after := strings.Repeat("a\n", 3000), strings.Repeat("b\n", 3000)
	if got := strings.Count(diff("f", before, after), "\n"); got != 3+6000 {
		t.Errorf("%d lines", got)
	}
}
