package io.sekimori.trust;

/**
 * What a gateway knows of itself when it judges an assignment.
 *
 * @param device SHA-256 of its public key (SubjectPublicKeyInfo), 64 lower-case hex digits
 * @param model  its model, as the maker put it on the unit
 */
public record UnitFacts(String device, String model) {

    /** @throws IllegalArgumentException if a part is malformed */
    public UnitFacts {
        Names.requireSha256(device);
        Names.requireModel(model);
    }
}
