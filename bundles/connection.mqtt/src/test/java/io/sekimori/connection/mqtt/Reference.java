package io.sekimori.connection.mqtt;

import io.sekimori.connection.Application;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** References to services that are not in a framework: with an application's id and a ranking, in whose order they are. */
final class Reference {

    private Reference() {}

    static <S> ServiceReference<S> to(Class<S> type, String id, int ranking) {
        Map<String, Object> properties =
                Map.of(Application.ID, id, Constants.SERVICE_RANKING, ranking, Constants.OBJECTCLASS, type.getName());
        Object proxy = Proxy.newProxyInstance(
                Reference.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> properties.get(arguments[0]);
                    case "compareTo" -> order(self, arguments[0]);
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> id;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        @SuppressWarnings("unchecked")
        ServiceReference<S> reference = (ServiceReference<S>) proxy;
        return reference;
    }

    private static int order(Object one, Object other) {
        int byRanking = Integer.compare(ranking(one), ranking(other));
        return byRanking != 0
                ? byRanking
                : Integer.compare(System.identityHashCode(one), System.identityHashCode(other));
    }

    private static int ranking(Object reference) {
        return (Integer)
                Objects.requireNonNull(((ServiceReference<?>) reference).getProperty(Constants.SERVICE_RANKING));
    }
}
