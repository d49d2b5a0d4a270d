package tsgen

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/packages"
)

const messagesPath = "github.com/scenewire/scenewire/messages"

// registration is a message type with the wire name it has been given.
type registration struct {
	wire  string // "" for the name of the type
	named *types.Named
	at    token.Pos
}

// findRegistrations returns the message types that the packages asked for register, in
// the order of the calls; or, where a package has no such call, its exported messages.
func (c *converter) findRegistrations() []registration {
	var all []registration
	for _, p := range c.src.roots {
		found, calls := c.registrationsOf(p)
		if calls == 0 {
			found = messagesOf(p.Types)
		}
		all = append(all, found...)
	}
	return all
}

// registrationsOf returns what the calls in a package register, and how many calls there
// are.
func (c *converter) registrationsOf(p *packages.Package) (found []registration, calls int) {
	for _, file := range p.Syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			switch registryMethod(call, p.TypesInfo) {
			case "Register", "MustRegister":
				calls++
				found = append(found, c.prototypes("", call.Args, call, p.TypesInfo)...)
			case "RegisterAs":
				calls++
				name := p.TypesInfo.Types[call.Args[0]].Value
				if name == nil {
					c.fail(call.Args[0].Pos(), errors.New("the wire name is not a constant"))
					return true
				}
				found = append(found, c.prototypes(constant.StringVal(name), call.Args[1:], call, p.TypesInfo)...)
			}
			return true
		})
	}
	return found, calls
}

// prototypes returns the types of a call's arguments.
func (c *converter) prototypes(wire string, args []ast.Expr, call *ast.CallExpr, info *types.Info) []registration {
	if call.Ellipsis.IsValid() {
		c.fail(call.Ellipsis, errors.New("which types a list holds can't be told: write them out"))
		return nil
	}
	var found []registration
	for _, arg := range args {
		named, ok := types.Unalias(pointee(info.TypeOf(arg))).(*types.Named)
		if !ok || types.IsInterface(named) {
			c.fail(arg.Pos(), errors.New("which message type this is can't be told: write it out"))
			continue
		}
		found = append(found, registration{wire, named, arg.Pos()})
	}
	return found
}

// registryMethod returns the name of the method of messages.Registry that is called, or
// "".
func registryMethod(call *ast.CallExpr, info *types.Info) string {
	fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	method, ok := info.Uses[fun.Sel].(*types.Func)
	if !ok || method.Pkg() == nil || method.Pkg().Path() != messagesPath {
		return ""
	}
	receiver := method.Signature().Recv()
	if receiver == nil {
		return ""
	}
	named, ok := pointee(receiver.Type()).(*types.Named)
	if !ok || named.Obj().Name() != "Registry" {
		return ""
	}
	return method.Name()
}

// messagesOf returns the exported struct types of a package that are messages.
func messagesOf(pkg *types.Package) []registration {
	var found []registration
	for _, name := range pkg.Scope().Names() {
		object, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !object.Exported() || object.IsAlias() {
			continue
		}
		named, ok := object.Type().(*types.Named)
		if !ok || named.TypeParams().Len() > 0 || !isMessage(named) {
			continue
		}
		if _, ok := named.Underlying().(*types.Struct); ok {
			found = append(found, registration{"", named, object.Pos()})
		}
	}
	return found
}

// isMessage reports whether a type, or the pointer to it, is a messages.Message.
func isMessage(t types.Type) bool {
	return types.Implements(types.NewPointer(t), messageInterface)
}

// messageInterface is messages.Message.
var messageInterface = types.NewInterfaceType([]*types.Func{
	types.NewFunc(token.NoPos, nil, "RedundancyKey", types.NewSignatureType(nil, nil, nil, nil,
		types.NewTuple(types.NewParam(token.NoPos, nil, "", types.Typ[types.String])), false)),
}, nil).Complete()

// pointee returns what a pointer points to, or the type itself.
func pointee(t types.Type) types.Type {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return types.Unalias(p.Elem())
	}
	return types.Unalias(t)
}
