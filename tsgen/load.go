package tsgen

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// sources are packages that were read with their comments.
type sources struct {
	dir   string // that positions are relative to
	fset  *token.FileSet
	roots []*packages.Package // those that were asked for
	byPkg map[*types.Package]*packages.Package
	rank  map[*types.Package]int // the order in which packages stand in the output
	docs  map[*packages.Package]*comments
}

// load reads the packages that match the patterns, and those named by path beside them.
func load(dir string, patterns, beside []string) (*sources, error) {
	cfg := &packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
		Dir:  dir,
		Fset: token.NewFileSet(),
	}
	all, err := packages.Load(cfg, slices.Concat(patterns, beside)...)
	if err != nil {
		return nil, fmt.Errorf("tsgen: %w", err)
	}
	base, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("tsgen: %w", err)
	}
	s := &sources{
		dir:   base,
		fset:  cfg.Fset,
		byPkg: map[*types.Package]*packages.Package{},
		rank:  map[*types.Package]int{},
		docs:  map[*packages.Package]*comments{},
	}
	var errs []error
	for _, p := range all {
		for _, e := range p.Errors {
			errs = append(errs, e)
		}
		s.byPkg[p.Types] = p
		s.rank[p.Types] = len(s.rank)
		if slices.Contains(beside, p.PkgPath) {
			s.rank[p.Types] += len(all) // behind the others
			continue
		}
		s.roots = append(s.roots, p)
	}
	return s, errors.Join(errs...)
}

// position returns where a position is, by a path that is short to read and the same on
// every machine, as far as that can be.
func (s *sources) position(pos token.Pos) token.Position {
	at := s.fset.Position(pos)
	if rel, err := filepath.Rel(s.dir, at.Filename); err == nil && !strings.HasPrefix(rel, "..") {
		at.Filename = filepath.ToSlash(rel)
	}
	return at
}

// commentsOf returns the comments of a package that was read, or nil.
func (s *sources) commentsOf(pkg *types.Package) *comments {
	p, ok := s.byPkg[pkg]
	if !ok {
		return nil
	}
	c, ok := s.docs[p]
	if !ok {
		c = newComments(p)
		s.docs[p] = c
	}
	return c
}

// comments are those of one package, by the position of what is named.
type comments struct {
	types     map[token.Pos]*ast.CommentGroup
	text      map[token.Pos]string // of types and fields
	constants map[string][]namedConstant
}

// namedConstant is a constant of a named type.
type namedConstant struct {
	object *types.Const
	doc    string
}

func newComments(p *packages.Package) *comments {
	c := &comments{
		types:     map[token.Pos]*ast.CommentGroup{},
		text:      map[token.Pos]string{},
		constants: map[string][]namedConstant{},
	}
	for _, file := range p.Syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GenDecl:
				c.addDeclaration(n, p.TypesInfo)
			case *ast.StructType:
				c.addFields(n)
			}
			return true
		})
	}
	return c
}

func (c *comments) addDeclaration(decl *ast.GenDecl, info *types.Info) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			doc := spec.Doc
			if doc == nil && !decl.Lparen.IsValid() {
				doc = decl.Doc
			}
			c.types[spec.Name.Pos()] = doc
			c.text[spec.Name.Pos()] = textOf(doc, spec.Comment)
		case *ast.ValueSpec:
			c.addConstants(spec, info)
		}
	}
}

func (c *comments) addConstants(spec *ast.ValueSpec, info *types.Info) {
	for _, name := range spec.Names {
		object, ok := info.Defs[name].(*types.Const)
		if !ok || name.Name == "_" {
			continue
		}
		if named, ok := types.Unalias(object.Type()).(*types.Named); ok {
			key := keyOf(named)
			c.constants[key] = append(c.constants[key], namedConstant{object, textOf(spec.Doc, spec.Comment)})
		}
	}
}

func (c *comments) addFields(t *ast.StructType) {
	for _, f := range t.Fields.List {
		text := textOf(f.Doc, f.Comment)
		for _, name := range f.Names {
			c.text[name.Pos()] = text
		}
		if len(f.Names) == 0 {
			c.text[embeddedName(f.Type).Pos()] = text
		}
	}
}

// embeddedName returns the identifier that an embedded field is named after.
func embeddedName(expr ast.Expr) ast.Expr {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return embeddedName(e.X)
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return embeddedName(e.X)
	case *ast.IndexListExpr:
		return embeddedName(e.X)
	}
	return expr
}

// textOf returns the text of the comments above a name and behind it.
func textOf(above, behind *ast.CommentGroup) string {
	text := strings.TrimSpace(above.Text())
	if more := strings.TrimSpace(behind.Text()); more != "" {
		text = strings.TrimSpace(text + "\n" + more)
	}
	return text
}

// keyOf returns what tells a type from all others.
func keyOf(t types.Type) string {
	key := types.TypeString(t, (*types.Package).Path)
	if named, ok := t.(*types.Named); ok && named.Obj().Pkg() != nil && named.Obj().Parent() != named.Obj().Pkg().Scope() {
		return fmt.Sprintf("%s@%d", key, named.Obj().Pos()) // local to a function
	}
	return key
}

// workingDir returns dir, or where the program runs if it is empty.
func workingDir(dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	return os.Getwd()
}
