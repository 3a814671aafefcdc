package io.sekimori.kura;

/** A package of the operating system. */
record SystemPackage(String name, String version) {}
