package io.gatehouse.lab.fault;

import io.gatehouse.engine.cluster.Clients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A defect between a worker and Kafka: one record of a topic, the first that comes, is dropped in silence. */
final class Loss {
    private final String topic;
    private final AtomicBoolean hasHappened = new AtomicBoolean();

    Loss(String topic) {
        this.topic = topic;
    }

    /** Clients whose producers lose that record. By reflection: of all their methods, one each is of interest. */
    @SuppressWarnings("unchecked")
    Clients before(Clients sound) {
        return with(Clients.class, (method, arguments) -> {
            Object made = call(sound, method, arguments);
            return method.getName().equals("producer") ? losing((Producer<byte[], byte[]>) made) : made;
        });
    }

    @SuppressWarnings("unchecked")
    Producer<byte[], byte[]> losing(Producer<byte[], byte[]> producer) {
        return with(Producer.class, (method, arguments) -> {
            boolean isLost = method.getName().equals("send") && happensTo((ProducerRecord<?, ?>) arguments[0]);
            return isLost ? CompletableFuture.completedFuture(null) : call(producer, method, arguments);
        });
    }

    private boolean happensTo(ProducerRecord<?, ?> record) {
        return record.topic().equals(topic) && hasHappened.compareAndSet(false, true);
    }

    /** What answers a call. */
    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T with(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                Loss.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method, arguments)));
    }

    private static Object call(Object sound, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
