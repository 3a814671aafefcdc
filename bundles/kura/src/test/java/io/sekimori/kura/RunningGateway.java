package io.sekimori.kura;

import io.sekimori.launcher.Admission;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.UpdateService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.log.Logger;

/** A gateway with four bundles, one of them put there by nobody who may; only what is asked of it can be asked. */
final class RunningGateway {

    private static final Set<Long> ADMITTED = Set.of(0L, 1L, 2L);

    private final List<Bundle> bundles = List.of(
            bundle(2, "io.sekimori.audit.chain", "0.1.0", Bundle.ACTIVE),
            bundle(0, "org.apache.felix.framework", "7.0.5", Bundle.ACTIVE),
            bundle(1, "io.sekimori.<&>", "1.2.3.q", Bundle.RESOLVED),
            bundle(17, "org.evil", "6.6.6", Bundle.INSTALLED));
    private Optional<OpenTransition> open = Optional.empty();
    private OptionalInt generation = OptionalInt.of(12);

    BundleContext context() {
        return fake(BundleContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundles" -> bundles.toArray(Bundle[]::new);
            case "getBundle" -> systemBundle((BundleContext) proxy);
            default -> throw new AssertionError(method);
        });
    }

    private static Bundle systemBundle(BundleContext context) {
        return fake(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundleContext" -> context;
            default -> throw new AssertionError(method);
        });
    }

    Admission admission() {
        return fake(Admission.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "admitted" -> ADMITTED.contains(((Bundle) arguments[0]).getBundleId());
            default -> throw new AssertionError(method);
        });
    }

    RunningGeneration started() {
        return fake(RunningGeneration.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "number" -> 11;
            default -> throw new AssertionError(method);
        });
    }

    UpdateService update() {
        return fake(UpdateService.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "open" -> open;
            case "generation" -> generation;
            default -> throw new AssertionError(method);
        });
    }

    static Logger silence() {
        return fake(Logger.class, (proxy, method, arguments) -> null);
    }

    void transition(Phase phase) {
        open = Optional.of(new OpenTransition("id", 12, 13, phase, Instant.EPOCH, new Origin("x", "y")));
    }

    void generationUnknown() {
        generation = OptionalInt.empty();
    }

    private static Bundle bundle(long id, String name, String version, int state) {
        Version parsed = Version.parseVersion(version);
        return fake(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundleId" -> id;
            case "getSymbolicName" -> name;
            case "getVersion" -> parsed;
            case "getState" -> state;
            default -> throw new AssertionError(method);
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(RunningGateway.class.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
