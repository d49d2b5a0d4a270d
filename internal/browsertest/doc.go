// Package browsertest drives the playground in headless Chromium: what several
// browsers see of one scene, and what they do when something breaks.
//
// The playground is built once and runs as a process of its own, so it can be
// killed, stopped and started again. Pages are asked what they know through
// window.__scenewire (see examples/playground/web/src/hooks.ts); mice and
// keyboards are real input events. Chromium draws in software, slowly, so every
// wait is for a condition and nothing asserts a frame rate.
//
// Without a browser in PATH the tests skip, and say so; where
// SCENEWIRE_REQUIRE_BROWSER is set they fail instead.
package browsertest
