package io.gatehouse.lab.walls.broken.core;

import java.net.http.HttpClient;

final class SpeaksHttp {
    HttpClient client;
}
