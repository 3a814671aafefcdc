package io.sekimori.rest;

import java.lang.reflect.Proxy;

/** Services made of one function. Stateless. */
final class Faked {

    private Faked() {}

    /** What a call answers; may throw what the service may. */
    interface Answer {
        Object of(String method, Object[] arguments) throws Exception;
    }

    static <T> T service(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                Faked.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.of(method.getName(), arguments)));
    }
}
