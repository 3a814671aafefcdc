package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever is pasted as an activation is refused or has one meaning, as a file and as a label. */
class ActivationFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anActivationIsRefusedOrReadBackTheSame(byte[] input) throws MalformedJson {
        Activation activation;
        try {
            activation = Activation.parse(input);
        } catch (MalformedJson e) {
            return;
        }
        byte[] file = activation.bytes();
        assertThat(Activation.parse(file).bytes()).isEqualTo(file);
        assertThat(Activation.parse(ActivationLabel.of(activation)).bytes()).isEqualTo(file);
    }
}
