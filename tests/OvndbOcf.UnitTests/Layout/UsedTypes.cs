using System.Reflection;
using System.Reflection.Emit;

namespace OvndbOcf.UnitTests.Layout;

/// <summary>Which types a compiled type uses: those of its members, and those that the code of its methods names.</summary>
internal static class UsedTypes
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
    private const int TwoByteMark = 0xfe;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>All of them, some more than once.</summary>
    public static IEnumerable<Type> Of(Type type)
    {
        var members = type.GetFields(Declared)
            .SelectMany(OfMember)
            .Concat(
                type.GetMethods(Declared)
                    .Cast<MethodBase>()
                    .Concat(type.GetConstructors(Declared))
                    .SelectMany(method => OfMember(method).Concat(OfBody(method)))
            );
        return (type.BaseType is { } parent ? Parts(parent) : []).Concat(type.GetInterfaces().SelectMany(Parts)).Concat(members);
    }

    private static IEnumerable<Type> OfMember(MemberInfo member) =>
        member switch
        {
            Type type => Parts(type),
            FieldInfo field => Parts(field.FieldType).Concat(OfParent(field)),
            MethodInfo method => OfSignature(method)
                .Concat(Parts(method.ReturnType))
                .Concat(method.GetGenericArguments().SelectMany(Parts)),
            MethodBase constructor => OfSignature(constructor),
            _ => [],
        };

    private static IEnumerable<Type> OfSignature(MethodBase method) =>
        method.GetParameters().SelectMany(parameter => Parts(parameter.ParameterType)).Concat(OfParent(method));

    private static IEnumerable<Type> OfParent(MemberInfo member) => member.DeclaringType is { } parent ? Parts(parent) : [];

    private static IEnumerable<Type> OfBody(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
        {
            return [];
        }

        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        return body
            .LocalVariables.SelectMany(local => Parts(local.LocalType))
            .Concat(
                Tokens(code)
                    .SelectMany(token =>
                        method.Module.ResolveMember(token, typeArguments, methodArguments) is { } member ? OfMember(member) : []
                    )
            );
    }

    /// <summary>The tokens of types and members in the code of a method (ECMA-335, partition III).</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length; )
        {
            int value = code[at++];
            var operation = OpCodesByValue[value == TwoByteMark ? (value << 8) | code[at++] : value];
            if (
                operation.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += LengthOf(operation.OperandType, code, at);
        }
    }

    private static int LengthOf(OperandType operand, byte[] code, int at) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
            _ => 4,
        };

    /// <summary>A type, or what it is made of: the elements of an array, a generic type and its arguments.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}
