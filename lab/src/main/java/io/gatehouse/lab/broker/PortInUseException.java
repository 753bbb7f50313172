package io.gatehouse.lab.broker;

/** Another process listens on the port that the broker was told to use. */
public final class PortInUseException extends BrokerException {
    private final int port;

    PortInUseException(int port) {
        super("Port " + port + " is in use by another process");
        this.port = port;
    }

    public int port() {
        return port;
    }
}
