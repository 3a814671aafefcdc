package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Health checks are foreign code: they hang, throw what nobody expects, and answer nothing. */
class HealthChecksTest {

    private final Map<ServiceReference<HealthCheck>, HealthCheck> registered = new HashMap<>();
    private final List<ServiceReference<HealthCheck>> order = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    // Eight hang for as long each; a thread of a busy machine needs some of it to begin at all.
    private final HealthChecks checks = new HealthChecks(context(), 300);

    @AfterEach
    void letGo() {
        never.countDown();
        checks.close();
    }

    @Test
    void checksThatHangElsewhereLeaveRoomForThoseOfTheUpdate() {
        Bundle updated = bundle("updated");
        for (int i = 0; i < 20; i++) {
            register(bundle("hanging-" + i), this::hang);
        }
        register(updated, () -> new Result(Result.Status.OK, "fine"));

        checks.well();

        assertThat(checks.of(updated))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.well()).as(finding.says()).isTrue());
    }

    @Test
    void anErrorOfACheckIsAFinding() {
        Bundle updated = bundle("updated");
        register(updated, () -> {
            throw new StackOverflowError("by test");
        });

        assertThat(checks.of(updated)).singleElement().satisfies(finding -> {
            assertThat(finding.well()).isFalse();
            assertThat(finding.says()).contains("StackOverflowError");
        });
    }

    @Test
    void aCheckThatAnswersNothingIsAFinding() {
        Bundle updated = bundle("updated");
        register(updated, () -> null);

        assertThat(checks.of(updated))
                .singleElement()
                .satisfies(finding -> assertThat(finding.well()).isFalse());
    }

    private Result hang() {
        boolean interrupted = false;
        while (true) {
            try {
                never.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // it does not let itself be cancelled
            }
        }
        return new Result(Result.Status.OK, interrupted ? "interrupted" : "late");
    }

    private void register(Bundle bundle, HealthCheck check) {
        ServiceReference<HealthCheck> reference = reference(bundle);
        registered.put(reference, check);
        order.add(reference);
    }

    private static Bundle bundle(String symbolicName) {
        return (Bundle) proxy(Bundle.class, Map.of("getSymbolicName", symbolicName));
    }

    @SuppressWarnings("unchecked") // a proxy has no type argument
    private static ServiceReference<HealthCheck> reference(Bundle bundle) {
        return (ServiceReference<HealthCheck>) proxy(ServiceReference.class, Map.of("getBundle", bundle));
    }

    private BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getServiceReferences" -> List.copyOf(order);
                    case "getService" -> registered.get(arguments[0]);
                    case "ungetService" -> true;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Object proxy(Class<?> type, Map<String, Object> answers) {
        return Proxy.newProxyInstance(
                HealthChecksTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> type.getSimpleName();
                    default -> answers.get(method.getName());
                });
    }
}
