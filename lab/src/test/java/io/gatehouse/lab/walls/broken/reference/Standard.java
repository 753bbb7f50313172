package io.gatehouse.lab.walls.broken.reference;

public interface Standard {}
