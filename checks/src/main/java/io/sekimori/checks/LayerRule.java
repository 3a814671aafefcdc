package io.sekimori.checks;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who may import whom: apis and libraries import next to nothing, no provider imports a provider or a tool, and the
 * platform imports neither gateway nor console.
 */
public final class LayerRule implements Rule {

    private static final List<String> EVERYWHERE =
            List.of("java.", "javax.", "org.osgi.annotation.", "org.jspecify.annotations.");

    @Override
    public List<String> violations(Product product) {
        TreeSet<String> found = new TreeSet<>();
        for (Module module : product.bundles()) {
            if (Side.of(module).isEmpty()) {
                found.add(module.folder() + ": the area " + module.area() + " has no place in Side");
            }
        }
        for (JavaClass type : product.shippedClasses()) {
            Module from = product.moduleOf(type).orElseThrow();
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                complaint(product, from, dependency.getTargetClass().getBaseComponentType())
                        .ifPresent(text -> found.add(type.getName() + ": " + text));
            }
        }
        return new ArrayList<>(found);
    }

    private static Optional<String> complaint(Product product, Module from, JavaClass target) {
        Optional<Module> to = product.moduleOf(target);
        if (to.isEmpty()) {
            return thirdParty(from, target);
        }
        if (to.get().equals(from)) {
            return Optional.empty();
        }
        return roles(from, to.get()).or(() -> sides(from, to.get())).map(text -> text + ": " + target.getName());
    }

    private static Optional<String> thirdParty(Module from, JavaClass target) {
        String name = target.getName();
        if (target.isPrimitive() || EVERYWHERE.stream().anyMatch(name::startsWith) || allowedFor(from, name)) {
            return Optional.empty();
        }
        return from.role() == Role.API || from.role() == Role.LIBRARY || from.role() == Role.EMBEDDED
                ? Optional.of(
                        "an " + from.role() + " imports nothing but the JDK, OSGi annotations and jspecify: " + name)
                : Optional.empty();
    }

    /** What two of them are about: the launcher's api names framework objects, and trust parses JSON and checks signatures. */
    private static boolean allowedFor(Module from, String name) {
        return from.name().equals("launcher.api") && name.startsWith("org.osgi.framework.")
                || from.name().equals("trust")
                        && (name.startsWith("com.fasterxml.jackson.core.")
                                || name.startsWith("org.bouncycastle.crypto.")
                                || name.startsWith("org.bouncycastle.math.ec.rfc8032."));
    }

    private static Optional<String> roles(Module from, Module to) {
        boolean shared = to.role() == Role.LIBRARY || to.role() == Role.EMBEDDED;
        boolean allowed = switch (from.role()) {
            case API, EMBEDDED -> false;
            case LIBRARY -> shared;
            case PROVIDER -> shared || to.role() == Role.API;
            // A program reads and makes offline, with a provider's own classes, what the provider does in a gateway.
            case TOOL -> shared || to.role() == Role.API || to.role() == Role.PROVIDER;
            case WORKSHOP -> true;
        };
        return allowed ? Optional.empty() : Optional.of("a " + from.role() + " never imports a " + to.role());
    }

    private static Optional<String> sides(Module from, Module to) {
        Optional<Side> importing = Side.of(from);
        Optional<Side> imported = Side.of(to);
        if (importing.isPresent() && imported.isPresent() && !importing.get().mayImport(imported.get())) {
            return Optional.of(importing.get() + " never imports " + imported.get());
        }
        return Optional.empty();
    }
}
