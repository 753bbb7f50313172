package io.gatehouse.engine.sim;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Lets a plain class stand for a wide interface: what it does not have is not supported. */
final class Stand {
    private Stand() {}

    @SuppressWarnings("unchecked")
    static <T> T in(Class<?> wide, Object plain) {
        return (T) Proxy.newProxyInstance(wide.getClassLoader(), new Class<?>[] {wide}, (proxy, method, arguments) -> {
            try {
                Method own = plain.getClass().getDeclaredMethod(method.getName(), method.getParameterTypes());
                return own.invoke(plain, arguments);
            } catch (NoSuchMethodException e) {
                throw new UnsupportedOperationException(method.toString(), e);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
