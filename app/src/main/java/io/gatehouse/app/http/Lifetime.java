package io.gatehouse.app.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends connections that last too long. The server's own timeouts begin anew with each byte, and its rates are for the
 * bodies of requests, which there are none of here: so they let somebody who sends a header byte by byte go on for hours.
 */
final class Lifetime implements Connection.Listener {
    private final Map<EndPoint, Scheduler.Task> ends = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final long longestMs;

    Lifetime(Scheduler scheduler, Duration longest) {
        this.scheduler = scheduler;
        this.longestMs = longest.toMillis();
    }

    @Override
    public void onOpened(Connection connection) {
        // Within a connection with TLS there is another one, of its content.
        if (connection.getEndPoint() instanceof SocketChannelEndPoint socket) {
            ends.put(socket, scheduler.schedule(() -> end(socket), longestMs, TimeUnit.MILLISECONDS));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Scheduler.Task end = ends.remove(connection.getEndPoint());
        if (end != null) {
            end.cancel();
        }
    }

    private void end(EndPoint socket) {
        socket.close(new TimeoutException("lasted longer than " + longestMs + " ms"));
    }
}
