package io.gatehouse.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish to stop, sent from outside as SIGTERM or SIGINT (Ctrl-C).
 *
 * <p>The first signal only wakes whoever waits, who then stops in order and ends with an exit code of its own. A second
 * one ends the process at once, like SIGKILL: nothing committed is lost by that, and nothing else may be.
 */
public final class StopSignal {
    private static final int SIGNALLED = 128;

    private final CountDownLatch sent = new CountDownLatch(1);

    private StopSignal() {}

    /** Takes over both signals for the rest of this process's life. */
    public static StopSignal listen() {
        StopSignal stop = new StopSignal();
        stop.takeOver("TERM");
        stop.takeOver("INT");
        return stop;
    }

    /** Waits for the signal, however long that takes. */
    public void await() throws InterruptedException {
        sent.await();
    }

    /** Waits for the signal for so long, and says whether it was sent. */
    public boolean await(Duration longest) throws InterruptedException {
        return sent.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * By reflection: the JDK documents {@code sun.misc.Signal} as supported (JEP 260), yet the compiler warns of it in a
     * way that cannot be switched off for one class. A shutdown hook would do for neither the exit code nor the second
     * signal.
     */
    private void takeOver(String name) {
        InvocationHandler onSignal = (proxy, method, arguments) -> {
            if (!method.getName().equals("handle")) {
                return method.invoke(this, arguments);
            }
            received((int) arguments[0].getClass().getMethod("getNumber").invoke(arguments[0]));
            return null;
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object receiver = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, onSignal);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), receiver);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java does not let SIG" + name + " be received", e);
        }
    }

    private void received(int number) {
        if (sent.getCount() == 0) {
            Runtime.getRuntime().halt(SIGNALLED + number);
        }
        sent.countDown();
    }
}
