package io.gatehouse.lab.walls.broken.peers;

public interface Contestant {}
