package io.gatehouse.lab.walls.broken.core;

public interface Verdict {}
