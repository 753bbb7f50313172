package io.gatehouse.lab.check;

import io.gatehouse.lab.broker.EmbeddedBroker;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker that lives as long as a test class: its tests keep apart by the names of their applications. */
final class LiveBroker implements BeforeAllCallback, AfterAllCallback {
    private EmbeddedBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) {
        broker = EmbeddedBroker.temporary()
                .with("group.consumer.session.timeout.ms", "6000")
                .start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        broker.close();
    }

    /** Where clients connect, as {@code host:port}. */
    String bootstrap() {
        return broker.bootstrap();
    }
}
