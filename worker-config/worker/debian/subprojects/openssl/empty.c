/* A library variable of this subproject must be a static library; the code itself comes from the system. */
typedef int footlight_empty_translation_unit;
