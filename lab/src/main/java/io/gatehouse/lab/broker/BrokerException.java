package io.gatehouse.lab.broker;

/** The broker could not be started; the message says why, in words for whoever chose its port and directory. */
public class BrokerException extends RuntimeException {
    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }

    BrokerException(String message) {
        super(message);
    }
}
