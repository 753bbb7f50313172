package io.gatehouse.lab.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Objects whose calls are answered in one place. */
final class Proxies {
    private Proxies() {}

    /** What answers a call. */
    interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    static <T> T with(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                Proxies.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method, arguments)));
    }

    static Object call(Object sound, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
