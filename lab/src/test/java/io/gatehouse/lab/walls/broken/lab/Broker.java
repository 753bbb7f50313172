package io.gatehouse.lab.walls.broken.lab;

public interface Broker {}
