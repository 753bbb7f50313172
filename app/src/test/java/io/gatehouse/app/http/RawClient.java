package io.gatehouse.app.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A client that sends what it likes, as slowly as it likes. */
final class RawClient implements AutoCloseable {
    private static final int CONNECT_WITHIN_MS = 10_000;
    private static final int ANSWER_WITHIN_MS = 20_000;

    private final Socket socket = new Socket();

    RawClient(URI server) throws IOException {
        // Little room for what nobody reads, so that the server is left with it.
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_WITHIN_MS);
        socket.setSoTimeout(ANSWER_WITHIN_MS);
    }

    /** What a server answers to this, to the end of the connection. */
    static String ask(URI server, String request) throws IOException {
        try (RawClient client = new RawClient(server)) {
            return client.send(request).answer();
        }
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    String answer() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Whether nothing comes within this time: neither an answer nor the end. */
    boolean hearsNothingFor(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (SocketException e) {
            return false;
        } finally {
            socket.setSoTimeout(ANSWER_WITHIN_MS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
