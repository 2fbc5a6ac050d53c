package express.polaris.demo;

import express.polaris.accounts.Role;
import java.util.List;

/** Demo account; all have the same password. */
record DemoAccount(String key, String name, Role role, String locale) {

    static final String PASSWORD = "polaris-demo";

    /** All demo accounts, the operator last. */
    static final List<DemoAccount> ALL = List.of(
            new DemoAccount("ada", "Ada Lindqvist", Role.DRIVER, "en"),
            new DemoAccount("ben", "Ben Okafor", Role.DRIVER, "en"),
            new DemoAccount("cleo", "Cleo Brandt", Role.DRIVER, "de"),
            new DemoAccount("operator", "Olive Operator", Role.OPERATOR, "en"));

    String email() {
        return key + "@demo.example";
    }
}
