package io.sekimori.update.engine;

import java.lang.reflect.Proxy;
import java.util.Map;

/** A part of a framework that has just what a test asks of it. */
final class Fake {

    /** What one method answers. */
    interface Answer {
        Object to(Object[] arguments) throws Throwable;
    }

    private Fake() {}

    /** One whose other methods must not be called. */
    static <T> T of(Class<T> type, Map<String, Answer> answers) {
        return type.cast(Proxy.newProxyInstance(
                Fake.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> type.getSimpleName();
                    default -> {
                        Answer answer = answers.get(method.getName());
                        if (answer == null) {
                            throw new UnsupportedOperationException(method.getName());
                        }
                        yield answer.to(arguments == null ? new Object[0] : arguments);
                    }
                }));
    }
}
