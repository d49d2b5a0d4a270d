package record

import (
	"sync"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

// ViserKeyRules returns rules for the messages of viser: they supersede one another as
// viser's own redundancy keys have it. Viser learns from its Python classes which
// messages create something, which doesn't show on the wire; here they are told by
// their fields: a scene node has a name and props, a part of the GUI a uuid and a
// container. Every other type has one key for each name and uuid, as in viser.
//
// Beyond viser, removals are removals: they take the node's pose, visibility and
// updates with them, and its children, as viser's page does. Viser keeps some of those
// until its garbage collector runs, and sends them to late joiners.
func ViserKeyRules() *KeyRules { return &KeyRules{viser: true} }

// Own updates of a node, beside the names of its children.
const nodeUpdates = "scene {name}/\x1f"

var viserSceneNode = KeyRule{Type: "*", Key: "scene {name}", Prefix: nodeUpdates}

var viserComponent = KeyRule{Type: "*", Key: "gui {uuid}"}

// ofNode is a property of a scene node.
func ofNode(name, key string) KeyRule {
	return KeyRule{Type: name, Key: name + " " + key, Follows: "scene {name}"}
}

var viserRules = []KeyRule{
	{Type: "RemoveSceneNodeMessage", Key: "scene {name}", Removes: true, Prefix: "scene {name}/"},
	ofNode("SetPositionMessage", "{name}"),
	ofNode("SetOrientationMessage", "{name}"),
	ofNode("SetSceneNodeVisibilityMessage", "{name}"),
	ofNode("SetSceneNodeClickableMessage", "{name}"),
	ofNode("SetBonePositionMessage", "{name} {bone_index}"),
	ofNode("SetBoneOrientationMessage", "{name} {bone_index}"),
	{Type: "SceneNodeUpdateMessage", Key: nodeUpdates + "{updates:keys}"},

	{Type: "GuiRemoveMessage", Key: "gui {uuid}", Removes: true},
	{Type: "GuiUpdateMessage", Key: "GuiUpdateMessage {uuid} {updates:keys}", Follows: "gui {uuid}"},
	{Type: "GuiModalMessage", Key: "modal {uuid}"},
	{Type: "GuiCloseModalMessage", Key: "modal {uuid}", Removes: true},
	{Type: "NotificationMessage", Key: "notification {uuid} {mode}"},
	{
		Type: "RemoveNotificationMessage", Key: "notification {uuid} show", Removes: true,
		Supersedes: []string{"notification {uuid} update"},
	},

	{Type: "RunJavascriptMessage"},
	{Type: "ScenePointerEnableMessage", Key: "ScenePointerEnableMessage {event_type} {enable}"},
	{Type: "FileTransferStartDownload", Key: "FileTransferStartDownload {transfer_uuid}"},
	{Type: "FileTransferStartUpload", Key: "FileTransferStartUpload {transfer_uuid}"},
	{Type: "FileTransferPart", Key: "FileTransferPart {transfer_uuid} {part_index}"},
	{Type: "FileTransferPartAck", Key: "FileTransferPartAck {transfer_uuid} {transferred_bytes}"},
}

// viserClaims are viser's rules, read.
var viserClaims = sync.OnceValue(func() map[string]*claim {
	all := make(map[string]*claim, len(viserRules))
	for _, rule := range viserRules {
		all[rule.Type] = mustClaim(rule)
	}
	return all
})

// viserShapes are the rules for what is told by its fields.
var viserShapes = sync.OnceValue(func() (shapes struct{ node, component *claim }) {
	shapes.node, shapes.component = mustClaim(viserSceneNode), mustClaim(viserComponent)
	return shapes
})

func mustClaim(rule KeyRule) *claim {
	c, err := newClaim(rule)
	if err != nil {
		panic("record: " + err.Error()) // the rules are constants
	}
	return c
}

// viserClaim returns what a message of viser claims.
func viserClaim(name string, fields messageFields) *claim {
	if c := viserClaims()[name]; c != nil {
		return c
	}
	has := func(field string) bool { return fields.find(field) != nil }
	switch {
	case has("name") && has("props"):
		return viserShapes().node
	case has("uuid") && (has("container_uuid") || has("container_id")):
		return viserShapes().component
	}
	return &claim{key: viserKey(fields)}
}

// viserKey is the key that viser's messages have by default: their type, and their name
// and uuid if they have one.
func viserKey(fields messageFields) template {
	t := template{{field: "type"}}
	for _, field := range []string{"name", "uuid"} {
		if value := fields.find(field); value != nil && !msgpscan.IsNil(value) {
			t = append(t, templatePart{literal: " ", field: field})
		}
	}
	return t
}
