// Package viser runs viser's own, unmodified web client against a Scenewire
// server, in headless Chromium.
//
// The client comes from the viser package: SCENEWIRE_VISER_CLIENT names the
// directory of its built page (viser/client/build). `.ci/run viser` puts it in
// place and runs the tests.
//
// Recordings are played by the same page, and read and written by Python with the
// libraries that viser uses: SCENEWIRE_PYTHON names an interpreter that has msgspec and
// zstandard. SCENEWIRE_VISER_RECORDINGS may name a directory of .viser files, which are
// then read too.
package viser
