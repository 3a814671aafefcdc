package io.sekimori.checks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.List;

/** No package of ours depends on itself over others. */
public final class CycleRule implements Rule {

    @Override
    public List<String> violations(Product product) {
        return slices().matching("io.sekimori.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .evaluate(product.classes())
                .getFailureReport()
                .getDetails();
    }
}
