package io.gatehouse.lab.walls.broken.reference;

import com.fasterxml.jackson.core.JsonParser;

final class HasADependency {
    JsonParser parser;
}
