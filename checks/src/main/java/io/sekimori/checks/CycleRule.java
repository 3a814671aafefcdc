package io.sekimori.checks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;

/** No package that is shipped depends on itself over others. */
public final class CycleRule implements Rule {

    @Override
    public List<String> violations(Product product) {
        return slices().matching("io.sekimori.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .evaluate(product.classes().that(areShipped(product)))
                .getFailureReport()
                .getDetails();
    }

    private static DescribedPredicate<JavaClass> areShipped(Product product) {
        Set<JavaClass> shipped = Set.copyOf(product.shippedClasses());
        return DescribedPredicate.describe("are shipped", shipped::contains);
    }
}
