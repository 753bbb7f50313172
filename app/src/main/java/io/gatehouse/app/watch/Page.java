package io.gatehouse.app.watch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A page fetched over HTTP, within bounds: whatever answers, it takes at most some seconds and megabytes.
 *
 * @param body as UTF-8, of whatever status
 */
record Page(int status, String body) {
    /** To connect, and from one piece of the answer to the next. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

    /** Of the whole answer. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(4);

    /** Some hundred partitions' figures take a tenth of it. */
    private static final int MAX_BYTES = 4 << 20;

    /** @throws IOException when there is no answer, or one out of bounds */
    static Page fetch(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            connection.setConnectTimeout((int) LONGEST_SILENCE.toMillis());
            connection.setReadTimeout((int) LONGEST_SILENCE.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            int status = connection.getResponseCode();
            try (InputStream in = status < HttpURLConnection.HTTP_BAD_REQUEST
                    ? connection.getInputStream()
                    : connection.getErrorStream()) {
                return new Page(status, in == null ? "" : read(in));
            }
        } finally {
            connection.disconnect();
        }
    }

    private static String read(InputStream in) throws IOException {
        long endNs = System.nanoTime() + LONGEST_ANSWER.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            body.write(piece, 0, length);
            if (body.size() > MAX_BYTES || System.nanoTime() - endNs > 0) {
                throw new IOException("its answer is too long or too slow");
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }
}
