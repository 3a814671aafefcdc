package io.sekimori.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every rule over what the build made. */
class HouseRulesTest {

    private static Product product;

    @BeforeAll
    static void readTheProduct() throws IOException {
        product = Product.read(Path.of(System.getProperty("sekimori.root")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.sekimori.checks.House#names")
    void theProductKeepsTheRule(String name) {
        assertThat(String.join("\n", House.RULES.get(name).violations(product))).isEmpty();
    }
}
