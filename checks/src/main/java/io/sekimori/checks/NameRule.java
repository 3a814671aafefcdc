package io.sekimori.checks;

import java.util.List;
import java.util.regex.Pattern;

/** A class is named for what it is, never for being somebody's helper. */
public final class NameRule implements Rule {

    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(Utils?|Manager|Helper|Impl|Base|Common|Commons|Misc|Constants)");

    @Override
    public List<String> violations(Product product) {
        return product.shippedClasses().stream()
                .filter(type -> EMPTY_NAME.matcher(type.getSimpleName()).matches())
                .map(type -> type.getName() + ": the name does not say what differs")
                .sorted()
                .toList();
    }
}
