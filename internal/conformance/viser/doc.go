// Package viser runs viser's own, unmodified web client against a Scenewire
// server, in headless Chromium.
//
// The client comes from the viser package: SCENEWIRE_VISER_CLIENT names the
// directory of its built page (viser/client/build). `.ci/run viser` puts it in
// place and runs the tests.
package viser
