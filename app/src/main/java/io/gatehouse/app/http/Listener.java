package io.gatehouse.app.http;

import io.gatehouse.app.StartException;
import io.gatehouse.app.config.HttpSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves pages at one address, with threads, connections and limits of its own: who crowds one does not crowd another. */
final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int FAILED = 500;

    private final Javalin server;
    private final URI uri;

    private Listener(Javalin server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    /**
     * Starts to listen.
     *
     * @param endpoint with a port
     * @param portKey by which the port is set
     * @param handshakes empty for plain HTTP
     * @throws StartException when the address or the port cannot be had
     */
    static Listener start(
            HttpSettings.Endpoint endpoint,
            String portKey,
            Optional<SslContextFactory.Server> handshakes,
            Limits limits,
            Consumer<RoutesConfig> pages) {
        Javalin server = Javalin.create(config -> {
            configure(config, pages);
            bound(config, endpoint, handshakes, limits);
        });
        // A failure to start is told by the exception; the library would log it a second time.
        JavalinLogger.enabled = false;
        try {
            server.start();
        } catch (JavalinException e) {
            throw new StartException(
                    "cannot listen on " + endpoint.address() + ":"
                            + endpoint.port().orElseThrow() + ", it is taken or not this machine's. Choose another "
                            + portKey + " or " + portKey.replace("port", "address") + ", or " + portKey
                            + "=off for none",
                    e);
        } finally {
            JavalinLogger.enabled = true;
        }
        return new Listener(server, uri(handshakes.isPresent(), endpoint.address(), server.port()));
    }

    /** Where it listens. */
    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        server.stop();
    }

    private static URI uri(boolean isEncrypted, String address, int port) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create((isEncrypted ? "https" : "http") + "://" + host + ":" + port);
    }

    private static void configure(JavalinConfig config, Consumer<RoutesConfig> pages) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.routes.exception(HttpResponseException.class, (e, context) -> refuse(context, e.getStatus()));
        config.routes.exception(Exception.class, (e, context) -> {
            LOG.warn("A page could not be made", e);
            refuse(context, FAILED);
        });
        pages.accept(config.routes);
    }

    private static void refuse(Context context, int status) {
        context.status(status).contentType(Refusals.JSON).result(Refusals.page(status));
    }

    private static void bound(
            JavalinConfig config,
            HttpSettings.Endpoint endpoint,
            Optional<SslContextFactory.Server> handshakes,
            Limits limits) {
        QueuedThreadPool threads = new QueuedThreadPool(Limits.MAX_THREADS, Limits.MIN_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            server.addBean(new NetworkConnectionLimit(limits.connections(), server));
            server.setErrorHandler(new Refusals());
            server.insertHandler(new Guard());
        });
        config.jetty.modifyHttpConfiguration(http -> {
            http.setPersistentConnectionsEnabled(false);
            http.setRequestHeaderSize(Limits.REQUEST_HEAD_BYTES);
            http.setUriCompliance(UriCompliance.DEFAULT);
        });
        config.jetty.addConnector((server, http) -> connector(server, http, endpoint, handshakes, limits));
    }

    private static ServerConnector connector(
            Server server,
            HttpConfiguration http,
            HttpSettings.Endpoint endpoint,
            Optional<SslContextFactory.Server> handshakes,
            Limits limits) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ConnectionFactory[] protocols = handshakes
                .map(tls -> new ConnectionFactory[] {encrypted(tls, plain), plain})
                .orElseGet(() -> new ConnectionFactory[] {plain});
        // One thread accepts and one waits for bytes: the others are for answers.
        ServerConnector connector = new ServerConnector(server, 1, 1, protocols);
        connector.setHost(endpoint.address());
        connector.setPort(endpoint.port().orElseThrow());
        connector.addBean(new Lifetime(connector.getScheduler(), limits.lifetime()));
        return connector;
    }

    private static ConnectionFactory encrypted(SslContextFactory.Server handshakes, HttpConnectionFactory plain) {
        SslConnectionFactory encrypted = new SslConnectionFactory(handshakes, plain.getProtocol());
        // It would refuse who asks by an address or a name that is not the certificate's, as probes do.
        encrypted.setEnsureSecureRequestCustomizer(false);
        return encrypted;
    }
}
