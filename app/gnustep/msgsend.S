/* msgsend.S - objc_msgSend and objc_msgSend_stret for GCC's libobjc, which has neither.
 *
 * Built with RT=trampoline only (app/app.mk). The normal build looks a method up and calls it with
 * a cast, which forgives what Apple's runtime does not: a big struct asked for through the plain
 * send, a result of nil that nobody set. This build calls as on a Mac and so finds those mistakes.
 *
 * Every register that can hold an argument is kept around objc_msg_lookup(), then the method is
 * jumped to, so that it finds the caller's stack as it was. A message to nil answers 0 and 0.0;
 * a big struct result of nil is left as it is, as Apple's does. Unwinding works throughout. */

#if defined(__x86_64__)

/* self and _cmd are in the two given registers; the integer arguments, rax (the number of vector
 * registers of a variadic call) and xmm0-7 survive. Leaves the method in r11. */
.macro LOOK_UP self, cmd
    pushq %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    subq $192, %rsp
    movq %rdi, -8(%rbp)
    movq %rsi, -16(%rbp)
    movq %rdx, -24(%rbp)
    movq %rcx, -32(%rbp)
    movq %r8, -40(%rbp)
    movq %r9, -48(%rbp)
    movq %rax, -56(%rbp)
    movups %xmm0, -80(%rbp)
    movups %xmm1, -96(%rbp)
    movups %xmm2, -112(%rbp)
    movups %xmm3, -128(%rbp)
    movups %xmm4, -144(%rbp)
    movups %xmm5, -160(%rbp)
    movups %xmm6, -176(%rbp)
    movups %xmm7, -192(%rbp)
    movq \self, %rdi
    movq \cmd, %rsi
    call objc_msg_lookup@PLT
    movq %rax, %r11
    movups -80(%rbp), %xmm0
    movups -96(%rbp), %xmm1
    movups -112(%rbp), %xmm2
    movups -128(%rbp), %xmm3
    movups -144(%rbp), %xmm4
    movups -160(%rbp), %xmm5
    movups -176(%rbp), %xmm6
    movups -192(%rbp), %xmm7
    movq -8(%rbp), %rdi
    movq -16(%rbp), %rsi
    movq -24(%rbp), %rdx
    movq -32(%rbp), %rcx
    movq -40(%rbp), %r8
    movq -48(%rbp), %r9
    movq -56(%rbp), %rax
    leave
    .cfi_def_cfa %rsp, 8
    .cfi_restore %rbp
.endm

    .text
    .globl objc_msgSend
    .type objc_msgSend, @function
    .p2align 4
objc_msgSend:
    .cfi_startproc
    endbr64
    testq %rdi, %rdi
    je 1f
    LOOK_UP %rdi, %rsi
    jmp *%r11
1:  xorl %eax, %eax
    xorl %edx, %edx
    pxor %xmm0, %xmm0
    pxor %xmm1, %xmm1
    ret
    .cfi_endproc
    .size objc_msgSend, .-objc_msgSend

/* rdi: where the result goes, rsi: self, rdx: _cmd */
    .globl objc_msgSend_stret
    .type objc_msgSend_stret, @function
    .p2align 4
objc_msgSend_stret:
    .cfi_startproc
    endbr64
    testq %rsi, %rsi
    je 1f
    LOOK_UP %rsi, %rdx
    jmp *%r11
1:  movq %rdi, %rax
    ret
    .cfi_endproc
    .size objc_msgSend_stret, .-objc_msgSend_stret

#elif defined(__aarch64__)

/* Big structs go through x8, so one entry serves all. */
    .text
    .globl objc_msgSend
    .type objc_msgSend, %function
    .p2align 4
objc_msgSend:
    .cfi_startproc
    cbz x0, 1f
    stp x29, x30, [sp, #-224]!
    .cfi_def_cfa_offset 224
    .cfi_offset 29, -224
    .cfi_offset 30, -216
    mov x29, sp
    stp x0, x1, [sp, #16]
    stp x2, x3, [sp, #32]
    stp x4, x5, [sp, #48]
    stp x6, x7, [sp, #64]
    str x8, [sp, #80]
    stp q0, q1, [sp, #96]
    stp q2, q3, [sp, #128]
    stp q4, q5, [sp, #160]
    stp q6, q7, [sp, #192]
    bl objc_msg_lookup
    mov x16, x0
    ldp q6, q7, [sp, #192]
    ldp q4, q5, [sp, #160]
    ldp q2, q3, [sp, #128]
    ldp q0, q1, [sp, #96]
    ldr x8, [sp, #80]
    ldp x6, x7, [sp, #64]
    ldp x4, x5, [sp, #48]
    ldp x2, x3, [sp, #32]
    ldp x0, x1, [sp, #16]
    ldp x29, x30, [sp], #224
    .cfi_def_cfa_offset 0
    .cfi_restore 29
    .cfi_restore 30
    br x16
1:  mov x1, #0
    movi d0, #0
    movi d1, #0
    movi d2, #0
    movi d3, #0
    ret
    .cfi_endproc
    .size objc_msgSend, .-objc_msgSend

#else
#error "no objc_msgSend for this processor: build without RT=trampoline"
#endif

    .section .note.GNU-stack, "", %progbits
