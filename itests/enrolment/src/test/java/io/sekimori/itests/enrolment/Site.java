package io.sekimori.itests.enrolment;

import io.sekimori.itests.support.UnitAlone;
import io.sekimori.launcher.RunningGeneration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * A framework with the built jars on a unit's folder, as the launcher would make it but for verifying them. The packages
 * of the apis that a test calls are those of the test.
 */
final class Site implements AutoCloseable {

    private static final String SHARED =
            "io.sekimori.launcher;version=\"1.0.0\",io.sekimori.authority;version=\"1.1.0\","
                    + "io.sekimori.identity;version=\"1.1.0\",io.sekimori.control;version=\"1.0.0\"";

    private static final List<String> BASE = List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.log",
            "org.apache.felix.configadmin",
            "org.apache.felix.metatype",
            "org.apache.felix.scr",
            "slf4j-api",
            "slf4j-nop",
            "org.apache.felix.healthcheck.api",
            "jackson-core",
            "io.sekimori.trust",
            "io.sekimori.generation",
            "io.sekimori.audit.api",
            "io.sekimori.keys.api",
            "io.sekimori.config.api",
            "io.sekimori.control.api",
            "io.sekimori.audit.chain",
            "io.sekimori.keys.file",
            "io.sekimori.config.admin");

    static final List<String> GATEWAY =
            List.of("io.sekimori.update.api", "io.sekimori.status.api", "io.sekimori.identity.device");

    static final List<String> CONSOLE = List.of(
            "bcprov-jdk18on",
            "bcutil-jdk18on",
            "bcpkix-jdk18on",
            "h2",
            "postgresql",
            "HikariCP",
            "io.sekimori.records.api",
            "io.sekimori.access.api",
            "io.sekimori.web.api",
            "io.sekimori.records.sql",
            "io.sekimori.authority.ca",
            "io.sekimori.web.jetty");

    private final Felix framework;

    Site(Path unit, List<String> bundles, Map<String, Map<String, Object>> configurations) throws BundleException {
        this.framework = new Felix(Map.of(
                Constants.FRAMEWORK_STORAGE,
                unit.resolve("cache").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                SHARED,
                "felix.cm.dir",
                unit.resolve("data/org.apache.felix.configadmin").toString(),
                "felix.log.level",
                "1"));
        framework.init();
        framework
                .getBundleContext()
                .registerService(RunningGeneration.class, new UnitAlone(unit, configurations), null);
        Path jars = Path.of(System.getProperty("fixture.bundles"));
        List<Bundle> installed = new ArrayList<>();
        List<String> all = new ArrayList<>(BASE);
        all.addAll(bundles);
        for (String name : all) {
            installed.add(framework
                    .getBundleContext()
                    .installBundle(jars.resolve(name + ".jar").toUri().toString()));
        }
        framework.start();
        for (Bundle bundle : installed) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
        }
    }

    /** A service, for which it waits. */
    <T> T service(Class<T> type) {
        return service(type, null);
    }

    /** A service with these properties, for which it waits. */
    <T> T service(Class<T> type, @Nullable String filter) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < end) {
            try {
                ServiceReference<?>[] found =
                        framework.getBundleContext().getAllServiceReferences(type.getName(), filter);
                if (found != null) {
                    return type.cast(framework.getBundleContext().getService(found[0]));
                }
            } catch (InvalidSyntaxException e) {
                throw new AssertionError("the filter is none", e);
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody offers " + type.getName());
    }

    /** Offers a service to the bundles. */
    <T> void offer(Class<T> type, T service) {
        framework.getBundleContext().registerService(type, service, null);
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
