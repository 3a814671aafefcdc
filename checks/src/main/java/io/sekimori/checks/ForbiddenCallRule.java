package io.sekimori.checks;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;

/** Methods and fields of others that nobody here uses, or only some; read from the bytecode, so reflection escapes it. */
public final class ForbiddenCallRule implements Rule {

    private static final Set<String> NOBODY = Set.of();
    private static final Set<String> PROGRAMS = Set.of("launcher", "cli", "broker", "simulator");

    /** The demo's guest is the bundle that behaves badly, to show what then happens. */
    private static final Set<String> PROGRAMS_AND_GUEST =
            Set.of("launcher", "cli", "broker", "simulator", "demo.guest");

    private static final List<Forbidden> FORBIDDEN = List.of(
            new Forbidden("org.osgi.framework.BundleContext", "getDataFile", NOBODY, "lost with the bundle cache"),
            new Forbidden("org.osgi.framework.Bundle", "getDataFile", NOBODY, "lost with the bundle cache"),
            new Forbidden("java.security.Security", "addProvider", NOBODY, "changes the whole JVM; name the provider"),
            new Forbidden(
                    "java.security.Security", "insertProviderAt", NOBODY, "changes the whole JVM; name the provider"),
            new Forbidden("java.lang.Thread", "sleep", NOBODY, "wait for what is awaited"),
            new Forbidden("java.util.concurrent.TimeUnit", "sleep", NOBODY, "wait for what is awaited"),
            new Forbidden("java.lang.Thread", "setContextClassLoader", NOBODY, "is shared by all who use the thread"),
            new Forbidden(
                    "java.util.ResourceBundle", "getBundle", NOBODY, "without a Control the machine's locale decides"),
            new Forbidden("java.lang.System", "out", PROGRAMS, "only programs print"),
            new Forbidden("java.lang.System", "err", PROGRAMS, "only programs print"),
            new Forbidden("java.lang.System", "exit", PROGRAMS, "only programs end the process"),
            new Forbidden("java.lang.Runtime", "exit", PROGRAMS, "only programs end the process"),
            new Forbidden("java.lang.Runtime", "halt", PROGRAMS_AND_GUEST, "only programs end the process"));

    /** A test may take a provider away to see what then happens; it may not sleep either. */
    private static final List<Forbidden> FORBIDDEN_IN_TESTS_TOO =
            FORBIDDEN.stream().filter(rule -> rule.member().equals("sleep")).toList();

    private record Forbidden(String owner, String member, Set<String> allowed, String reason) {

        boolean matches(JavaAccess<?> access) {
            return access.getTarget().getName().equals(member)
                    && access.getTargetOwner().getName().equals(owner)
                    && !saysHowToFallBack(access);
        }

        private static boolean saysHowToFallBack(JavaAccess<?> access) {
            return access.getTarget() instanceof AccessTarget.CodeUnitCallTarget called
                    && called.getRawParameterTypes().stream()
                            .anyMatch(type -> type.isEquivalentTo(ResourceBundle.Control.class));
        }
    }

    @Override
    public List<String> violations(Product product) {
        TreeSet<String> found = new TreeSet<>();
        product.classes().forEach(type -> found.addAll(violations(product, type, FORBIDDEN)));
        product.testClasses().forEach(type -> found.addAll(violations(product, type, FORBIDDEN_IN_TESTS_TOO)));
        return new ArrayList<>(found);
    }

    private static List<String> violations(Product product, JavaClass type, List<Forbidden> rules) {
        Optional<Module> module = product.moduleOf(type);
        if (module.isEmpty()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            for (Forbidden forbidden : rules) {
                if (forbidden.matches(access) && !allowed(forbidden, module.get())) {
                    found.add(access.getDescription() + ": " + forbidden.reason());
                }
            }
        }
        return found;
    }

    /** What is left to programs is left to the workshop too, since its tests and figures are printed. */
    private static boolean allowed(Forbidden forbidden, Module module) {
        return forbidden.allowed().contains(module.name())
                || !forbidden.allowed().isEmpty() && module.role() == Role.WORKSHOP;
    }
}
