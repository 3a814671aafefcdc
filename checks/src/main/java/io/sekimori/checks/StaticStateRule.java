package io.sekimori.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Nothing static ever changes: static fields are final, are no arrays that others see, and hold no collection, atomic or buffer that
 * can be written. Two versions of a bundle run side by side, so what is static is there twice.
 */
public final class StaticStateRule implements Rule {

    /** Mutable by their type alone. */
    private static final Pattern MUTABLE = Pattern.compile("java\\.util\\.concurrent\\.atomic\\..*"
            + "|java\\.util\\.concurrent\\.(Concurrent|CopyOnWrite|Linked|Array|Priority|Synchronous|Delay).*"
            + "|java\\.util\\.(Array|Linked|Hash|Tree|WeakHash|IdentityHash|Enum|Priority)(List|Deque|Map|Set|Queue|table).*"
            + "|java\\.util\\.(LinkedHashMap|LinkedHashSet|Vector|Stack|Properties|BitSet|Dictionary|Random|Queue|Deque|Date)"
            + "|java\\.lang\\.(ThreadLocal|InheritableThreadLocal|StringBuilder|StringBuffer)"
            + "|java\\.nio\\..*Buffer");

    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.List",
            "java.util.Set",
            "java.util.Map",
            "java.util.Collection",
            "java.util.SortedMap",
            "java.util.SortedSet",
            "java.util.NavigableMap",
            "java.util.NavigableSet");

    @Override
    public List<String> violations(Product product) {
        List<String> found = new ArrayList<>();
        for (JavaClass type : product.shippedClasses()) {
            for (JavaField field : type.getFields()) {
                String complaint = complaint(type, field);
                if (!complaint.isEmpty()) {
                    found.add(field.getFullName() + ": " + complaint);
                }
            }
        }
        found.sort(null);
        return found;
    }

    private static String complaint(JavaClass type, JavaField field) {
        Set<JavaModifier> modifiers = field.getModifiers();
        // Synthetic ones are the compiler's own: $VALUES of an enum, tables of a switch.
        if (!modifiers.contains(JavaModifier.STATIC) || modifiers.contains(JavaModifier.SYNTHETIC)) {
            return "";
        }
        if (!modifiers.contains(JavaModifier.FINAL)) {
            return "is static and not final";
        }
        JavaClass held = field.getRawType();
        if (held.isArray() && !isOwnTable(modifiers, held)) {
            return "is a static array, which anybody may write";
        }
        if (MUTABLE.matcher(held.getName()).matches()) {
            return "is static and mutable";
        }
        return COLLECTIONS.contains(held.getName()) && buildsMutableCollection(type)
                ? "may hold a mutable collection; build it in a method that ends with copyOf"
                : "";
    }

    /** Numbers that never leave their class, such as a prefix or a table of an algorithm. */
    private static boolean isOwnTable(Set<JavaModifier> modifiers, JavaClass held) {
        return modifiers.contains(JavaModifier.PRIVATE)
                && held.getComponentType().isPrimitive();
    }

    /** Whether the static initializer itself makes a collection that can be written. */
    private static boolean buildsMutableCollection(JavaClass type) {
        return type.getStaticInitializer().stream()
                .flatMap(initializer -> initializer.getConstructorCallsFromSelf().stream())
                .anyMatch(
                        call -> MUTABLE.matcher(call.getTargetOwner().getName()).matches());
    }
}
