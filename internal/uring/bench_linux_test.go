package uring

const drainerVariable = "SCENEWIRE_URING_DRAINER"

func drain() {}
