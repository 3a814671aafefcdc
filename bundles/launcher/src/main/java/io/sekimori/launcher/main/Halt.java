package io.sekimori.launcher.main;

/** Ends the process at once. A seam: tests see the code instead. */
@FunctionalInterface
interface Halt {

    void halt(ExitCode code);

    /** Without shutdown hooks: those belong to bundles, which must not hold the process. */
    static Halt ofThisProcess() {
        return code -> Runtime.getRuntime().halt(code.code());
    }
}
