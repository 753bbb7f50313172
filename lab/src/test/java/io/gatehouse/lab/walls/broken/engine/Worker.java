package io.gatehouse.lab.walls.broken.engine;

public interface Worker {}
