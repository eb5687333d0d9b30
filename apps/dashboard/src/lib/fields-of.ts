/** What the fields of a form are given: what it says, what takes another one, and what the gateway found wrong in the body. */
export interface FieldsProps<Form> {
  form: Form;
  onChange: (form: Form) => void;
  faultOf: (pointer: string) => string | undefined;
}

/**
 * Binds fields to the members of a form. The fault of a field is that of the body's member of the same name, unless a pointer
 * says where the body has it.
 */
export function fieldsOf<Form>({ form, onChange, faultOf }: FieldsProps<Form>) {
  return <Name extends keyof Form & string>(name: Name, pointer = `/${name}`) => ({
    value: form[name],
    onChange: (value: Form[Name]) => {
      onChange({ ...form, [name]: value });
    },
    fault: faultOf(pointer),
  });
}
