package io.gatehouse.lab.walls.broken.app;

public interface Root {}
